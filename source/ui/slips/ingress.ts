import {nearest} from '../../checks/nearest.js';
import {fields} from '../../images/ingress-nginx/annotations/fields.js';
import type {World} from '../../node/world.js';
import {type Rule, slip} from './slip.js';

const prefix = 'nginx.ingress.kubernetes.io/';

/** The Ingress that a line has written, and how. */
function written(output: string, world: World): {ingress: any; done: string} | undefined {
	const [, name, done] = /^ingress\.networking\.k8s\.io\/(\S+) (created|configured|replaced|patched|annotated|edited)$/m.exec(output) ?? [];
	const ingress = world.api.reader.list('ingresses.networking.k8s.io').find(({metadata}) => metadata.name === name);
	return ingress && {ingress, done: done!};
}

const known = [...fields.keys()];

/** The API takes any annotation, and the controller passes over one that it does not know. */
const annotation: Rule = ({output}, world) => {
	const annotations = Object.keys(written(output, world)?.ingress.metadata.annotations ?? {});
	const stranger = annotations.find(key => key.startsWith(prefix) && !fields.has(key.slice(prefix.length)));
	const meant = stranger && nearest(stranger.slice(prefix.length), known);
	return meant ? slip('slipMeant', {typed: stranger.slice(prefix.length), meant}) : undefined;
};

/** No controller looks at an Ingress whose class nobody has made. */
const className: Rule = ({output}, world) => {
	const found = written(output, world);
	if (found?.done !== 'created') return undefined;
	const classes = world.api.reader.list('ingressclasses.networking.k8s.io').map(({metadata}) => metadata.name);
	const asked = found.ingress.spec.ingressClassName;
	if (classes.length === 0 || classes.includes(asked)) return undefined;
	return asked === undefined
		? slip('slipNoClass', {classes: classes.join(', ')})
		: slip('slipClass', {typed: asked, classes: classes.join(', ')});
};

export const ingressSlips: readonly Rule[] = [annotation, className];
