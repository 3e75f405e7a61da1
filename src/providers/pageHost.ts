import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A page built to `dist/pages/<name>.js` and `.css`. */
export interface Page {
  readonly name: 'progress' | 'take';
  readonly title: string;
  readonly extensionUri: vscode.Uri;
  /** Folders whose pictures the page shows. */
  readonly media?: readonly string[];
}

/** Gives a webview its page: only our own files, only scripts that carry the nonce, nothing from the network. */
export function showPage(webview: vscode.Webview, page: Page): void {
  const dist = vscode.Uri.joinPath(page.extensionUri, 'dist');
  const media = (page.media ?? []).map((folder) => vscode.Uri.file(folder));
  webview.options = { enableScripts: true, localResourceRoots: [dist, ...media] };
  const file = (...path: readonly string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, ...path)).toString();
  const nonce = randomBytes(16).toString('base64url');
  webview.html = `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(webview.cspSource, nonce)}">
<title>${escape(page.title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${file('codicons', 'codicon.css')}">
<link rel="stylesheet" href="${file('pages', `${page.name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${file('pages', `${page.name}.js`)}"></script>
</body>
</html>`;
}

function policy(source: string, nonce: string): string {
  const rules = [
    `img-src ${source}`,
    `media-src ${source}`,
    `font-src ${source}`,
    `style-src ${source}`,
    `script-src 'nonce-${nonce}'`,
  ];
  return ["default-src 'none'", ...rules].join('; ');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
