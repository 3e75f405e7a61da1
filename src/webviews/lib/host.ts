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
}

export function connect<From, To>(): Host<From, To> {
  const api = acquireVsCodeApi();
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
      const kept = api.getState();
      if (typeof kept === 'number')
        requestAnimationFrame(() => {
          window.scrollTo(0, kept);
        });
      window.addEventListener('scrollend', () => {
        api.setState(window.scrollY);
      });
    },
  };
}
