/** Why helm stops: printed as `Error: ...`. */
export class HelmError extends Error {
	readonly exitCode: number;

	constructor(text: string, exitCode = 1) {
		super(text);
		this.name = 'HelmError';
		this.exitCode = exitCode;
	}
}

export const helmError = (text: string): HelmError => new HelmError(text);

/** What the real helm has and kubelab lacks. */
export const lacking = (what: string): HelmError => new HelmError(`kubelab: not simulated: ${what}`, 125);

/** Words before a message, as errors.Wrap. What is not simulated stays that. */
export function wrapped(words: string, error: unknown): HelmError {
	const text = (error as Error).message;
	if (error instanceof HelmError && error.exitCode === 125) return error;
	return text.includes('kubelab: not simulated:')
		? new HelmError(text.slice(text.indexOf('kubelab:')), 125)
		: helmError(`${words}: ${text}`);
}
