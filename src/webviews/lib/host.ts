interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's end of the channel to the extension. */
export interface Host<From, To> {
  post(message: From): void;
  onMessage(listener: (message: To) => void): void;
  /** Where the page was scrolled to when it was last shown. */
  keepScroll(): void;
  /** Leaves to the extension what the page is about, for when the window is loaded anew. */
  keepPage(page: unknown): void;
}

export function connect<From, To>(): Host<From, To> {
  const api = acquireVsCodeApi();
  const keep = (what: Kept): void => {
    api.setState({ ...kept(api.getState()), ...what });
  };
  return {
    post: (message) => {
      api.postMessage(message);
    },
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<To>) => {
        listener(event.data);
      });
    },
    keepScroll: () => {
      const { scroll } = kept(api.getState());
      if (typeof scroll === 'number')
        requestAnimationFrame(() => {
          window.scrollTo(0, scroll);
        });
      window.addEventListener('scrollend', () => {
        keep({ scroll: window.scrollY });
      });
    },
    keepPage: (page) => {
      keep({ page });
    },
  };
}

interface Kept {
  readonly scroll?: unknown;
  readonly page?: unknown;
}

function kept(state: unknown): Kept {
  return typeof state === 'object' && state !== null ? state : {};
}
