import type {Namespace} from '../../../net/namespace.js';
import type {Route} from '../../../net/route.js';

export const destinationText = (destination: string): string =>
	destination === '0.0.0.0/0' ? 'default' : destination.replace(/\/32$/, '');

/** Every part is followed by a blank, the last one too. What all chosen routes have in common is left out. */
export function routeText(stack: Namespace, route: Route, table?: string, hidden: readonly string[] = []): string {
	const link = route.dev === undefined ? undefined : stack.links.get(route.dev);
	const parts = [
		route.type === undefined || route.type === 'unicast' ? undefined : route.type,
		destinationText(route.destination),
		route.via && !hidden.includes('via') && `via ${route.via}`,
		route.dev && !hidden.includes('dev') ? `dev ${route.dev}` : undefined,
		table && `table ${table}`,
		route.protocol && route.protocol !== 'boot' && !hidden.includes('proto') ? `proto ${route.protocol}` : undefined,
		route.scope && route.scope !== 'global' && !hidden.includes('scope') ? `scope ${route.scope}` : undefined,
		route.source && `src ${route.source}`,
		route.metric ? `metric ${route.metric}` : undefined,
		route.onlink ? 'onlink' : undefined,
		link?.up && !link.carrier ? 'linkdown' : undefined,
	];
	return parts
		.filter(part => part !== undefined && part !== '' && part !== false)
		.map(part => `${part} `)
		.join('');
}
