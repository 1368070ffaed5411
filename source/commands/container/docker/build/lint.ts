import {type Instruction, jsonWords} from './dockerfile.js';

type Rule = (its: Instruction, all: readonly Instruction[]) => string | undefined;

/** BuildKit's build checks: warnings after a build. Models moby/buildkit frontend/dockerfile/linter. */
const rules: readonly Rule[] = [
	({name, text, rest}) => {
		const as = /\s(as)\s/i.exec(` ${rest} `)?.[1];
		const keyword = text.slice(0, 4);
		if (name !== 'FROM' || !as) return undefined;
		return (as === as.toUpperCase()) === (keyword === keyword.toUpperCase())
			? undefined
			: `FromAsCasing: 'as' and 'FROM' keywords' casing do not match`;
	},
	({name}) => (name === 'MAINTAINER' ? 'MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label' : undefined),
	({name, rest}) =>
		['ENV', 'LABEL'].includes(name) && !rest.split(/\s/)[0]!.includes('=')
			? `LegacyKeyValueFormat: "${name} key=value" should be used instead of legacy "${name} key value" format`
			: undefined,
	({name, rest}, all) =>
		['CMD', 'ENTRYPOINT'].includes(name) && !jsonWords(rest) && !all.some(each => each.name === 'SHELL')
			? `JSONArgsRecommended: JSON arguments recommended for ${name} to prevent unintended behavior related to OS signals`
			: undefined,
];

export function lint(instructions: readonly Instruction[]): string {
	const found = instructions.flatMap(its =>
		rules.flatMap(rule => {
			const text = rule(its, instructions);
			return text === undefined ? [] : [` - ${text} (line ${its.line})\n`];
		}),
	);
	if (found.length === 0) return '';
	return `\n ${found.length} warning${found.length === 1 ? '' : 's'} found (use docker --debug to expand):\n${found.join('')}`;
}
