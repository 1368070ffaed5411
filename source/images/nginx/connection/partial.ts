/** Requests that have not come whole yet, by connection. */
export type Partials = Readonly<Record<string, string>>;

/** A client may go away in the middle, and nobody says so. */
const keptMax = 32;

export const keepPartial = (partials: Partials, connection: string, bytes: string): Partials =>
	Object.fromEntries([...Object.entries(partials).slice(1 - keptMax), [connection, bytes]]);

export const dropPartial = (partials: Partials, connection: string): Partials =>
	Object.fromEntries(Object.entries(partials).filter(([key]) => key !== connection));
