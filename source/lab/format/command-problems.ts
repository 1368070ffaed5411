import {isObject, type Path} from '../../checks/validate.js';
import {syntaxProblem} from '../../shell/syntax/fault-of.js';
import type {RawLab} from './raw-lab.js';
import type {Problem, YamlText} from './yaml-text.js';

/** Lines of checks that no shell would run: a quote that is never closed. For authors only, because it loads the parser. */
export const commandProblems = ({objectives}: RawLab, yaml: YamlText): Problem[] =>
	[...linesIn(objectives, ['objectives'])].flatMap(({line, path}) => {
		const problem = syntaxProblem(line);
		return problem === undefined ? [] : [yaml.locate({path, message: `no shell would run this: ${problem}`})];
	});

function* linesIn(value: unknown, path: Path): Generator<{readonly line: string; readonly path: Path}> {
	if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* linesIn(each, [...path, index]);
	else if (isObject(value))
		for (const [key, each] of Object.entries(value)) {
			if (key === 'command' && isObject(each) && typeof each['run'] === 'string') yield {line: each['run'], path: [...path, key, 'run']};
			else yield* linesIn(each, [...path, key]);
		}
}
