import {isObject, isTrue, JqError, type Value} from '../value.js';
import type {Place} from '../scope.js';
import {type Evaluator, type Evaluators, made} from './evaluator.js';

/** What says which comes after which, and whether. */
export const flowing: Evaluators<'empty' | 'pipe' | 'comma' | 'alternative' | 'and' | 'or' | 'if' | 'try'> = {
	*empty() {},
	*pipe({run}, node, scope, value, place) {
		for (const [each, at] of run(node.left, scope, value, place)) yield* run(node.right, scope, each, at);
	},
	*comma({run}, node, scope, value, place) {
		yield* run(node.left, scope, value, place);
		yield* run(node.right, scope, value, place);
	},
	*alternative({run}, node, scope, value, place) {
		let any = false;
		try {
			for (const [each, at] of run(node.left, scope, value, place)) {
				if (!isTrue(each)) continue;
				any = true;
				yield [each, at];
			}
		} catch (error) {
			if (!(error instanceof JqError)) throw error;
		}

		if (!any) yield* run(node.right, scope, value, place);
	},
	and: connective(false),
	or: connective(true),
	*if({run}, node, scope, value, place) {
		for (const [test] of run(node.test, scope, value, undefined)) {
			const branch = isTrue(test) ? node.yes : node.no;
			if (branch) yield* run(branch, scope, value, place);
			else yield [value, place];
		}
	},
	*try({run}, node, scope, value, place) {
		const inside = run(node.body, scope, value, place);
		for (;;) {
			let next: IteratorResult<readonly [Value, Place], void>;
			try {
				next = inside.next();
			} catch (error) {
				if (!(error instanceof JqError)) throw error;
				if (isObject(error.value) && error.value.has('__jq')) return;
				if (node.handler) yield* run(node.handler, scope, error.value, place === undefined ? undefined : null);
				return;
			}

			if (next.done) return;
			yield next.value;
		}
	},
};

/** The left side decides where it is what `decisive` says. */
function connective(decisive: boolean): Evaluator<'and' | 'or'> {
	return function* ({run}, node, scope, value, place) {
		for (const [left] of run(node.left, scope, value, undefined)) {
			if (isTrue(left) === decisive) yield made(place, decisive);
			else for (const [right] of run(node.right, scope, value, undefined)) yield made(place, isTrue(right));
		}
	};
}
