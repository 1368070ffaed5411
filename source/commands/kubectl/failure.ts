import type {Status} from '../../api/status.js';
import {ApiError} from '../../api/status.js';

/**
 * Why a verb stops, in the words kubectl prints, with its exit status. `silent`: everything was said already. Models cmdutil.CheckErr.
 */
export class Failure extends Error {
	readonly exitCode: number;
	readonly silent: boolean;
	/** The server's answer, when it is one. */
	readonly status: Status | undefined;
	/** Printed as it is, without `error: ` before it. */
	readonly raw: boolean;

	constructor(text: string, options: {exitCode?: number; silent?: boolean; status?: Status; raw?: boolean} = {}) {
		super(text);
		this.name = 'Failure';
		this.exitCode = options.exitCode ?? 1;
		this.silent = options.silent ?? false;
		this.raw = options.raw ?? false;
		this.status = options.status;
	}
}

export const failure = (text: string, exitCode = 1): Failure => new Failure(text, {exitCode});
export const rawFailure = (text: string, exitCode = 1): Failure => new Failure(text, {exitCode, raw: true});
export const exit = (exitCode: number): Failure => new Failure('', {exitCode, silent: true});
/** cmdutil.UsageErrorf. */
export const usageFailure = (path: string, text: string): Failure => failure(`${text}\nSee '${path} -h' for help and examples`);
/** What the real kubectl has and kubelab lacks. */
export const notSimulated = (what: string): Failure => new Failure(`kubelab: not simulated: ${what}`, {exitCode: 125, raw: true});

/** Several failures of one run, printed one below the other (utilerrors.Aggregate). */
export class Failures extends Error {
	readonly list: readonly Error[];

	constructor(list: readonly Error[]) {
		super(aggregateText(list.map(one => one.message)));
		this.list = list;
	}
}

export const aggregateText = (messages: readonly string[]): string => {
	const unique = [...new Set(messages)];
	return unique.length === 1 ? unique[0]! : `[${unique.join(', ')}]`;
};

/** A list of one error, too, is printed without `error: ` before it. */
export const inAggregate = (error: Error): Error =>
	error instanceof Failure && !error.status && !error.raw ? rawFailure(error.message, error.exitCode) : error;

export function throwAll(errors: readonly Error[]): void {
	if (errors.length === 1) throw errors[0];
	if (errors.length > 1) throw new Failures(errors);
}

export const statusOf = (error: unknown): Status | undefined =>
	error instanceof ApiError ? error.status : error instanceof Failure ? error.status : undefined;

export const hasReason = (error: unknown, reason: string): boolean => statusOf(error)?.reason === reason;

/** The same refusal with words before its message, e.g. `error when creating "x.yaml": `. */
export function prefixed(prefix: string, error: unknown): Error {
	const status = statusOf(error);
	const text = prefix + (error as Error).message;
	return status ? new Failure(text, {status: {...status, message: prefix + status.message}}) : failure(text);
}

/** Loses the status: printed with `error: ` whatever the server said (`fmt.Errorf("...: %v", err)`). */
export const flattened = (prefix: string, error: unknown): Failure =>
	failure(prefix + ((error as {full?: string}).full ?? (error as Error).message));

/** Text for stderr and the exit status. */
export function explain(error: Error): {text: string; exitCode: number} {
	if (error instanceof Failures) {
		const texts = error.list.map(one => `${standardMessage(one) ?? one.message}\n`);
		return {text: texts.join(''), exitCode: 1};
	}

	if (error instanceof Failure && error.silent) return {text: '', exitCode: error.exitCode};
	const status = statusOf(error);
	const text = status?.reason === 'Invalid' ? invalidText(status) : checkErrText(error);
	return {text: text === '' || text.endsWith('\n') ? text : text + '\n', exitCode: error instanceof Failure ? error.exitCode : 1};
}

function checkErrText(error: Error): string {
	const standard = standardMessage(error);
	if (standard !== undefined) return standard;
	return (error instanceof Failure && error.raw) || error.message.startsWith('error: ') ? error.message : `error: ${error.message}`;
}

function standardMessage(error: Error): string | undefined {
	const status = statusOf(error);
	if (!status) return undefined;
	if (status.reason === 'Unauthorized') return `error: You must be logged in to the server (${status.message})`;
	return status.reason ? `Error from server (${status.reason}): ${error.message}` : `Error from server: ${error.message}`;
}

function invalidText({details, message}: Status): string {
	if (!details) return 'The request is invalid' + (message ? `: ${message}` : '');
	const named = details.kind || details.name;
	let text = named ? `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid` : 'The request is invalid';
	const causes = [...new Set((details.causes ?? []).map(cause => (cause.field ? `${cause.field}: ${cause.message}` : cause.message)))];
	if (!named && message && causes.length === 0) text += `: ${message}`;
	if (causes.length === 1) return `${text}: ${causes[0]}`;
	if (causes.length > 1) return `${text}: \n${causes.map(cause => `* ${cause}\n`).join('')}`;
	return text;
}
