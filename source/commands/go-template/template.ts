import {ExecutionError} from './evaluate.js';
import type {GoFunctions} from './functions.js';
import {Execution} from './execute.js';
import {parseTemplate} from './parse.js';
import type {MissingKey, Templates} from './templates.js';
import type {Tree} from './tree.js';

/** What an execution had written when it failed: who writes to a stream has written it. */
export class BrokenOff extends ExecutionError {
	readonly text: string;

	constructor(message: string, text: string) {
		super(message);
		this.text = text;
	}
}

/** A set of named templates with their functions: text/template's Template. */
export class TemplateSet implements Templates {
	readonly #trees = new Map<string, Tree>();
	readonly #functions: GoFunctions;
	readonly missingKey: MissingKey;

	constructor(functions: GoFunctions, missingKey: MissingKey, trees: Iterable<Tree> = []) {
		this.#functions = functions;
		this.missingKey = missingKey;
		for (const tree of trees) this.#trees.set(tree.name, tree);
	}

	get functions(): GoFunctions {
		return this.#functions;
	}

	/** What is defined last counts, unless it is empty and the name is taken (Template.AddParseTree). */
	parse(file: string, source: string): void {
		const knows = (name: string) => name === 'and' || name === 'or' || this.#functions.has(name);
		for (const tree of parseTemplate(file, source, knows)) {
			const isEmpty = tree.nodes.every(node => node.type === 'text' && node.text.trim() === '');
			if (!isEmpty || !this.#trees.has(tree.name)) this.#trees.set(tree.name, tree);
		}
	}

	clone(functions: GoFunctions = this.#functions): TemplateSet {
		return new TemplateSet(functions, this.missingKey, this.#trees.values());
	}

	find(name: string): Tree | undefined {
		return this.#trees.get(name);
	}

	execute(name: string, data: unknown): string {
		const tree = this.#trees.get(name);
		if (!tree) throw new Error(`template: no template ${JSON.stringify(name)} associated with template ${JSON.stringify(name)}`);
		const run = new Execution(this, tree, data);
		try {
			run.run();
		} catch (error) {
			if (error instanceof ExecutionError) throw new BrokenOff(error.message, run.text);
			throw error;
		}

		return run.text;
	}
}
