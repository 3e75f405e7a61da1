import * as vscode from 'vscode';
import { reviewWords, staleWords } from './takeWords.ts';
import { legible, legibleLines } from '../../core/domain/legible.ts';
import type { Failure } from '../../core/model/job.ts';
import { plainMarkdown } from '../plainText.ts';
import type { Translate } from '../translate.ts';
import { boundText, intensityText, percentOf } from './beatText.ts';
import { qualityName, statusOfMedia } from './filmWords.ts';
import type { BeatNode, FilmNode, ProjectNode, SceneNode, ShotNode, TakeNode } from './nodes.ts';
import { jobText, sceneText } from './nodeText.ts';
import { shotLines } from './shotLines.ts';
import { measureWords, stillOf } from './takeMedia.ts';
import type { Worn } from './worn.ts';

const thumbnailWidth = 320;

/** Lines of a tooltip. What a user wrote goes in as text, never as Markdown. */
class Tooltip {
  readonly markdown = new vscode.MarkdownString();

  title(text: string): this {
    this.markdown.appendMarkdown(`**${plainMarkdown(legible(text))}**`);
    return this;
  }

  line(text: string | undefined): this {
    if (text !== undefined && text !== '') {
      this.markdown.appendMarkdown(`\n\n${plainMarkdown(legibleLines(text))}`);
    }
    return this;
  }

  failure(failure: Failure | undefined): this {
    if (failure === undefined) return this;
    return this.line(failure.message).line(failure.hint);
  }

  picture(path: string): this {
    const uri = vscode.Uri.file(path).toString();
    this.markdown.appendMarkdown(`![](${uri}|width=${String(thumbnailWidth)})\n\n`);
    return this;
  }
}

function writtenByNewer(t: Translate): string {
  return t('Written by a newer version of Auteur: it can be read here, not changed.');
}

function projectTooltip(t: Translate, { view }: ProjectNode): Tooltip {
  const tooltip = new Tooltip().title(view.name).line(view.root);
  if (view.quality !== undefined) tooltip.line(qualityName(t, view.quality));
  return tooltip
    .line(view.readOnly && view.problem === undefined ? writtenByNewer(t) : undefined)
    .failure(view.problem);
}

function sceneTooltip(t: Translate, { view, problem }: SceneNode): Tooltip {
  return new Tooltip()
    .title(`${view.address}  ${legible(view.title)}`)
    .line(sceneText(t, view).description)
    .line(view.synopsis)
    .line(view.beat === undefined ? undefined : t('Emotional beat: {name}', { name: legible(view.beat) }))
    .failure(problem);
}

function shotTooltip(t: Translate, { view, job, parent }: ShotNode, worn: Worn | undefined): Tooltip {
  const tooltip = new Tooltip().title(view.address);
  for (const line of shotLines(t, { view, scene: parent.view, worn })) tooltip.line(line);
  return tooltip
    .line(job === undefined ? undefined : `${jobText(t, job) ?? ''} ${job.waiting ?? job.step}`.trim())
    .line(staleWords(t, view.stale))
    .line(view.readOnly ? writtenByNewer(t) : undefined)
    .failure(job?.error)
    .failure(view.problem);
}

function takeTooltip(t: Translate, { view }: TakeNode): Tooltip {
  const tooltip = new Tooltip();
  const still = stillOf(view);
  if (still !== undefined) tooltip.picture(still);
  const when = new Date(view.created).toLocaleString(vscode.env.language);
  const made = `${view.pipeline.id} ${view.pipeline.version}`;
  const facts = [made, ...measureWords(t, view), qualityName(t, view.quality)];
  tooltip.title(t('Take {number} of shot {address}', { number: view.number, address: view.address }));
  tooltip.line(facts.join(' · ')).line(when);
  if (view.fallback !== undefined) tooltip.line(t('Instead of {from}: {reason}', { ...view.fallback }));
  return tooltip
    .line(statusOfMedia(t, view.media))
    .line(reviewWords(t, view.review).join(' · '))
    .line(staleWords(t, view.stale))
    .line(view.review?.note);
}

function beatTooltip(t: Translate, { view }: BeatNode): Tooltip {
  const place = t('{percent} of the film', { percent: percentOf(view.position) });
  return new Tooltip()
    .title(view.name)
    .line(`${place} · ${intensityText(t, view)}`)
    .line(boundText(view))
    .line(view.description);
}

function tooltip(t: Translate, node: FilmNode, worn: Worn | undefined): Tooltip {
  switch (node.kind) {
    case 'project':
      return projectTooltip(t, node);
    case 'chapter':
      return new Tooltip().title(node.view.title).line(node.view.synopsis);
    case 'scene':
      return sceneTooltip(t, node);
    case 'shot':
      return shotTooltip(t, node, worn);
    case 'take':
      return takeTooltip(t, node);
    case 'beats':
      return new Tooltip().title(t('Emotional Beats'));
    case 'beat':
      return beatTooltip(t, node);
    case 'documents':
      return new Tooltip().title(t('Documents'));
    case 'document':
      return new Tooltip().title(node.view.name).line(node.path).failure(node.view.problem);
    case 'problem':
      return new Tooltip().failure(node.view);
  }
}

/** `more` stands below what is said of every node of the kind; `worn` is what the characters of a shot wear. */
export function nodeTooltip(
  t: Translate,
  node: FilmNode,
  { more = [], worn }: { more?: readonly string[]; worn?: Worn | undefined } = {},
): vscode.MarkdownString {
  return more.reduce((told, line) => told.line(line), tooltip(t, node, worn)).markdown;
}
