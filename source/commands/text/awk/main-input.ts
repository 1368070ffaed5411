import {FileError} from '../../../os/files.js';
import {AwkFatal} from './errors.js';
import type {Evaluator} from './evaluator.js';
import {type ReadRecord, RecordReader, sourceOfText} from './reader.js';
import {standardInput} from './streams.js';
import {unescapeString} from './strings.js';
import {fromOutside, numberOf, textOf} from './values.js';

/** The files that ARGV names, one after another; `name=value` among them sets a variable when its turn comes. */
export class MainInput {
	readonly #evaluator: Evaluator;
	#reader: RecordReader | undefined;
	#argument = 0;
	#any = false;
	file: string | undefined;
	/** Runs BEGINFILE and ENDFILE. */
	onFile: (which: 'beginFile' | 'endFile') => Generator<any, void, any> = function* () {};

	constructor(evaluator: Evaluator) {
		this.#evaluator = evaluator;
	}

	get fileNumber(): number {
		return numberOf(this.#evaluator.globals.raw('FNR'));
	}

	/** The next record; NR and FNR count it. */
	*next(): Generator<any, ReadRecord | undefined, any> {
		const {globals} = this.#evaluator;
		for (;;) {
			if (!this.#reader && !(yield* this.#open())) return undefined;
			const record: ReadRecord | undefined = yield* this.#reader!.next(globals.recordSeparator());
			if (record) {
				globals.count('NR');
				globals.count('FNR');
				return record;
			}

			yield* this.skipFile();
		}
	}

	*skipFile(): Generator<any, void, any> {
		if (!this.#reader) return;
		yield* this.onFile('endFile');
		this.#reader = undefined;
	}

	*#open(): Generator<any, boolean, any> {
		const {globals, memory} = this.#evaluator;
		const argv = memory.array({name: 'ARGV'});
		while (++this.#argument < numberOf(globals.raw('ARGC'))) {
			const element = argv.elements.get(String(this.#argument));
			const name = textOf(element as string | undefined, String);
			if (name === '') continue;
			const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(name);
			if (assignment) globals.set(assignment[1]!, fromOutside(unescapeString(assignment[2]!)));
			else if (this.#openFile(name)) {
				yield* this.#begin(name);
				return true;
			}
		}

		if (this.#any) return false;
		this.#reader = new RecordReader(standardInput());
		yield* this.#begin('');
		return true;
	}

	*#begin(name: string): Generator<any, void, any> {
		this.#any = true;
		this.file = name;
		this.#evaluator.globals.set('FILENAME', name);
		this.#evaluator.globals.set('FNR', 0);
		yield* this.onFile('beginFile');
	}

	#openFile(name: string): boolean {
		const {io} = this.#evaluator;
		if (name === '-' || name === '/dev/stdin') {
			this.#reader = new RecordReader(standardInput());
			return true;
		}

		this.#any = true;
		try {
			this.#reader = new RecordReader(sourceOfText(io.machine.files.readText(io.path(name))));
			return true;
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			if (error.code === 'EISDIR') this.#evaluator.warn(`command line argument \`${name}' is a directory: skipped`);
			else throw new AwkFatal(`cannot open file \`${name}' for reading: ${error.message}`);

			return false;
		}
	}
}
