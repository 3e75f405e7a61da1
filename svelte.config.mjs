import { sveltePreprocess } from 'svelte-preprocess';

const keyboardRules = ['a11y_click_events_have_key_events', 'a11y_no_static_element_interactions'];

/** The control library's elements handle keys and focus themselves; the compiler takes them for plain tags. */
function isControlLibraryNoise(warning) {
  return keyboardRules.includes(warning.code) && /^\s*<vscode-/m.test(warningFrame(warning));
}

function warningFrame(warning) {
  const line = warning.frame
    ?.split('\n')
    .find((text) => text.trimStart().startsWith(`${warning.start.line}:`));
  return line?.replace(/^\s*\d+:\s?/, '') ?? '';
}

export default {
  preprocess: sveltePreprocess({ typescript: { compilerOptions: { verbatimModuleSyntax: true } } }),
  compilerOptions: {
    runes: true,
    css: 'external',
    warningFilter: (warning) => !isControlLibraryNoise(warning),
  },
};
