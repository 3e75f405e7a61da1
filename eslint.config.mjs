import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.mjs';

const tests = ['test/**', '**/*.test.ts'];
const tools = ['**/*.mjs', '**/*.cjs', '*.config.ts'];

const forbiddenSyntax = [
  {
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message:
      'A silent catch hides the cause: handle the error, or say why it does not matter and do something.',
  },
  {
    selector:
      "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
    message: 'A silent catch hides the cause: handle the error.',
  },
];

const forbiddenInSource = [
  ...forbiddenSyntax,
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that has it.' },
];

/** @type {import('eslint').Linter.RulesRecord} */
const style = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  // A port's method returns a promise even where one of its adapters has nothing to wait for.
  '@typescript-eslint/require-await': 'off',
  eqeqeq: 'error',
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  // Names of files are cleaned of control characters.
  'no-control-regex': 'off',
  'no-empty': 'error',
  'no-restricted-syntax': ['error', ...forbiddenSyntax],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
};

export default defineConfig(
  { ignores: ['dist/', 'dist-test/', 'test-results/', 'coverage/', '.tools/', 'test/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', '*.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: style,
  },
  { files: ['src/**/*.{ts,svelte}'], rules: { 'no-restricted-syntax': ['error', ...forbiddenInSource] } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'svelte/no-at-html-tags': 'error', 'max-lines': ['error', { max: 250 }], 'no-undef': 'off' },
  },
  { files: tests, rules: { 'max-lines-per-function': 'off' } },
  {
    files: tools,
    extends: [ts.configs.disableTypeChecked],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['scripts/**/*.mjs'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
);
