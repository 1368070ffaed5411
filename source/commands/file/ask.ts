import type {Io} from '../../shell/command.js';

/** A question that only `y` and `Y` answer with yes. */
export function* ask(io: Io, question: string): Generator<any, boolean, any> {
	io.err(question);
	const answer: string | undefined = yield {read: 'line'};
	return /^[yY]/.test(answer ?? '');
}
