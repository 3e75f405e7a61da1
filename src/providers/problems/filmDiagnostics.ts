import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import * as vscode from 'vscode';
import { catalogue, type ErrorCode } from '../../core/errorCatalogue.ts';
import { DisposableStore, type Disposable, type Event } from '../../core/events.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { AuteurEvent } from '../../core/protocol/events.ts';
import type { ProblemFix } from '../../core/protocol/problemFix.ts';
import type { PlacedProblem } from '../../core/protocol/problems.ts';
import { Batch } from '../batch.ts';
import { failureText } from '../errorText.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { FileHint } from '../projectWatcher.ts';
import type { Translate } from '../translate.ts';

export interface DiagnosticsNeeds {
  readonly studio: Pick<Studio, 'problems' | 'fixText' | 'onEvent'>;
  readonly projects: ProjectIndex;
  readonly onHint: Event<FileHint>;
  readonly t: Translate;
  log(line: string): void;
}

const diagnosticSource = 'Auteur';
const lookDelayMs = 10;
/** The events after which a film's texts may hold together in another way. */
const telling: ReadonlySet<string> = new Set<AuteurEvent['type']>([
  'project_update',
  'take_created',
  'take_updated',
  'asset_added',
  'asset_updated',
  'asset_removed',
  'narrative_structure_changed',
]);
/** The film can be used as it is; the others are wrong in any reading. */
const mild: ReadonlySet<string> = new Set<ErrorCode>([
  'active-take-missing',
  'next-number-low',
  'reference-missing',
]);

/** A diagnostic of ours, with what mends it. */
export class FilmDiagnostic extends vscode.Diagnostic {
  readonly fix: ProblemFix | undefined;

  constructor(t: Translate, problem: PlacedProblem) {
    const { start, end } = problem.range;
    super(
      new vscode.Range(start.line, start.character, end.line, end.character),
      textOf(t, problem),
      mild.has(problem.code) ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error,
    );
    this.source = diagnosticSource;
    this.code = problem.code;
    this.fix = problem.fix;
  }
}

function textOf(t: Translate, { code, message, hint, data = {} }: PlacedProblem): string {
  return isKnown(code) ? failureText(t, code, data) : [message, hint].filter(Boolean).join(' ');
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

/** Underlines what does not hold together in the texts of the films shown, whether they are open or not. */
export class FilmDiagnostics implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #shown = new Map<string, readonly PlacedProblem[]>();
  readonly #needs: DiagnosticsNeeds;
  readonly #collection = this.#owned.add(vscode.languages.createDiagnosticCollection('auteur'));
  readonly #due = this.#owned.add(new Batch<string>(lookDelayMs, (roots) => this.#look(roots)));

  constructor(needs: DiagnosticsNeeds) {
    this.#needs = needs;
    const { projects, studio, onHint } = needs;
    this.#owned.add(
      projects.onChanged((shown) => {
        this.#keepOnly(new Set(shown.map(({ root }) => root)));
        // Of those that are known something may be another; of a new one nothing is told yet.
        const known = shown.filter(({ root }) => this.#shown.has(root));
        for (const { root } of shown) if (!this.#shown.has(root)) this.#due.add(root);
        for (const { root } of known) this.#due.add(root);
      }),
    );
    this.#owned.add(
      onHint((hint) => {
        if (hint.kind !== 'projects') this.#due.add(hint.root);
      }),
    );
    this.#owned.add(
      studio.onEvent(({ projectId, event }) => {
        if (!telling.has(event.type)) return;
        for (const { root, id } of projects.current) if (id === projectId) this.#due.add(root);
      }),
    );
  }

  /** Those of a file, as they were shown last. */
  of(uri: vscode.Uri): readonly FilmDiagnostic[] {
    return (this.#collection.get(uri) ?? []).filter((one) => one instanceof FilmDiagnostic);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #look(roots: ReadonlySet<string>): Promise<void> {
    for (const root of roots) {
      try {
        this.#show(root, await this.#needs.studio.problems(root));
      } catch (error) {
        this.#needs.log(`${root}: ${String(error)}`);
      }
    }
  }

  #show(root: string, problems: readonly PlacedProblem[]): void {
    const before = this.#shown.get(root) ?? [];
    this.#shown.set(root, problems);
    if (isDeepStrictEqual(problems, before)) return;
    const files = new Set([...before, ...problems].map((problem) => problem.path));
    for (const file of files) {
      const own = problems.filter((problem) => problem.path === file);
      this.#collection.set(
        vscode.Uri.file(path.join(root, file)),
        own.map((problem) => new FilmDiagnostic(this.#needs.t, problem)),
      );
    }
  }

  #keepOnly(roots: ReadonlySet<string>): void {
    for (const root of [...this.#shown.keys()].filter((one) => !roots.has(one))) {
      this.#show(root, []);
      this.#shown.delete(root);
    }
  }
}
