import type { IncomingHttpHeaders } from 'node:http';

/** What a server was asked. */
export interface SeenRequest {
  /** As `POST /prompt`, without what is asked for in the query. */
  readonly route: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
