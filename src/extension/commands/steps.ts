import * as vscode from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import type { Checked } from './checked.ts';

/** Where a question stands in a row of them. */
export interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export const back = Symbol('back');
export type Answered<T> = T | typeof back;

export interface TextQuestion extends Step {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder: string;
  check(value: string): Checked | Promise<Checked>;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface ChoiceQuestion<T> extends Step {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen?: T;
}

function open(input: vscode.QuickInput, { title, step, totalSteps }: Step): void {
  Object.assign(input, { title, ignoreFocusOut: true });
  // One question alone is no row of steps.
  if (totalSteps > 1) Object.assign(input, { step, totalSteps });
  input.show();
}

/** Waits for an answer; rejects with `CancellationError` when the question is dismissed. */
async function answered<T>(
  input: vscode.QuickInput,
  question: Step,
  listen: (answer: (value: Answered<T>) => void) => readonly vscode.Disposable[],
): Promise<Answered<T>> {
  const owned = new DisposableStore();
  owned.add(input);
  try {
    return await new Promise<Answered<T>>((resolve, reject) => {
      for (const listener of listen(resolve)) owned.add(listener);
      owned.add(
        input.onDidHide(() => {
          reject(new vscode.CancellationError());
        }),
      );
      open(input, question);
    });
  } finally {
    owned.dispose();
  }
}

function backButtons({ step }: Step): readonly vscode.QuickInputButton[] {
  return step > 1 ? [vscode.QuickInputButtons.Back] : [];
}

function show(input: vscode.InputBox, { problem, hint }: Checked): void {
  const { Error: error, Info: info } = vscode.InputBoxValidationSeverity;
  if (problem !== undefined) input.validationMessage = { message: problem, severity: error };
  else if (hint !== undefined) input.validationMessage = { message: hint, severity: info };
  else input.validationMessage = undefined;
}

export function askText(question: TextQuestion): Promise<Answered<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { prompt: question.prompt, value: question.value, placeholder: question.placeholder });
  input.buttons = backButtons(question);
  const check = async (value: string): Promise<boolean> => {
    const checked = await question.check(value);
    // Typing goes on while a check runs; only the latest word counts.
    if (input.value === value) show(input, checked);
    return checked.problem === undefined;
  };
  if (question.value !== '') void check(question.value);
  return answered<string>(input, question, (answer) => [
    input.onDidChangeValue((value) => void check(value)),
    input.onDidTriggerButton(() => {
      answer(back);
    }),
    input.onDidAccept(async () => {
      const { value } = input;
      if (await check(value)) answer(value);
    }),
  ]);
}

export function askChoice<T>(question: ChoiceQuestion<T>): Promise<Answered<T>> {
  const input = vscode.window.createQuickPick<Choice<T>>();
  input.placeholder = question.placeholder;
  input.items = question.choices;
  const chosen = question.choices.filter(({ value }) => value === question.chosen);
  // An empty list would leave no line active, and Enter without an answer.
  if (chosen.length > 0) input.activeItems = chosen;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.buttons = backButtons(question);
  return answered<T>(input, question, (answer) => [
    input.onDidTriggerButton(() => {
      answer(back);
    }),
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems;
      if (chosen !== undefined) answer(chosen.value);
    }),
  ]);
}

/** One question that stands alone. */
export async function ask(
  question: Omit<TextQuestion, 'step' | 'totalSteps' | 'value'> & { readonly value?: string },
): Promise<string> {
  const value = await askText({ value: '', ...question, step: 1, totalSteps: 1 });
  if (value === back) throw new vscode.CancellationError();
  return value;
}
