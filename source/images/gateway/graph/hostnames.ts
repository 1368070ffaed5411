/** Names that nobody has restricted: a server_name that is every name. */
export const anyName = '~^';

const covers = (wild: string, name: string): boolean => wild.startsWith('*.') && name.endsWith(wild.slice(1));

const matches = (listener: string, route: string): boolean =>
	listener === '' || listener === route || covers(listener, route) || covers(route, listener);

/** The narrower of two names that match. */
function narrower(one: string, other: string): string {
	if (one === '' || other === '') return one || other;
	if (!one.startsWith('*.')) return one;
	if (!other.startsWith('*.')) return other;
	return one.split('.').length > other.split('.').length ? one : other;
}

/** Names that a route gets at a listener: what both of them want. */
export function acceptedHostnames(listener: string, route: readonly string[]): readonly string[] {
	if (route.length === 0) return [listener || anyName];
	return route.filter(name => matches(listener, name)).map(name => narrower(listener, name));
}
