import kinds, {offByDefault} from '../../source/kinds/index.js';
import type {TypeSchema} from '../../source/api/schema/schema.js';

/** The schema type of an object, by its apiVersion and kind. */
export function typeOf(object: any): TypeSchema | undefined {
	const kind = kindOf(object);
	return kind && {shape: 'struct', name: kind.schema};
}

export const kindOf = (object: any) =>
	[...kinds, ...offByDefault].find(
		kind => kind.kind === object?.kind && (kind.group ? `${kind.group}/${kind.version}` : kind.version) === object?.apiVersion,
	);
