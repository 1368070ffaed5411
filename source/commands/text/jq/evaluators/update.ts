import {arithmetic} from '../operations.js';
import {deletePaths, getPath, setPath} from '../paths.js';
import {isTrue, type Path, type Value} from '../value.js';
import {type Evaluator, made} from './evaluator.js';

/** `.a |= f` asks for each place anew; `.a = f`, `.a += f` ... once for all of them. */
export const update: Evaluator<'update'> = function* ({run, pathsOf}, {operator, left, right}, scope, value, place) {
	const paths = () => [...pathsOf(left, scope, value)];
	if (operator === '|=') {
		let result = value;
		const gone: Path[] = [];
		for (const path of paths()) {
			const next = run(right, scope, getPath(result, path), undefined).next();
			if (next.done) gone.push(path);
			else result = setPath(result, path, next.value[0]);
		}

		yield made(place, deletePaths(result, gone));
		return;
	}

	for (const [given] of run(right, scope, value, undefined)) {
		let result = value;
		for (const path of paths()) result = setPath(result, path, assigned(operator, getPath(result, path), given));
		yield made(place, result);
	}
};

function assigned(operator: string, before: Value, given: Value): Value {
	if (operator === '=') return given;
	if (operator === '//=') return isTrue(before) ? before : given;
	return arithmetic(operator.slice(0, -1), before, given);
}
