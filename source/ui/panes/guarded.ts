import type {Pane} from './pane.js';

/** A pane that fails says so where it is drawn (`layout/shown-panes.ts`). Until then nothing in it can be chosen, and its keys do nothing. */
export const guarded = (pane: Pane): Pane => ({
	...pane,
	count: context => orElse(0, () => pane.count(context)),
	...(pane.first && {first: context => orElse(0, () => pane.first!(context))}),
	...(pane.length && {length: context => orElse(0, () => pane.length!(context))}),
	keys: pane.keys.map(key => ({...key, deed: context => orElse(undefined, () => key.deed(context))})),
	depends: context => orElse([context.run], () => pane.depends(context)),
});

function orElse<T>(value: T, read: () => T): T {
	try {
		return read();
	} catch {
		return value;
	}
}
