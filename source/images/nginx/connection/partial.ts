/** By connection. A client may go away in the middle, and nobody says so: only the last ones are kept. */
type ByConnection<T> = Readonly<Record<string, T>>;

/** Requests that have not come whole yet. */
export type Partials = ByConnection<string>;

/** What was agreed upon in a handshake. */
export type Greetings = ByConnection<{readonly serverName: string; readonly http2: boolean}>;

export type Alive = ByConnection<{readonly serial: number; readonly requests: number}>;

const keptMax = 32;

export const keep = <T>(kept: ByConnection<T>, connection: string, value: T): ByConnection<T> =>
	Object.fromEntries([...Object.entries(kept).slice(1 - keptMax), [connection, value]]);

export const drop = <T>(kept: ByConnection<T>, connection: string): ByConnection<T> =>
	Object.fromEntries(Object.entries(kept).filter(([key]) => key !== connection));
