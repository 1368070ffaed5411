/** What `image: nginx` means in full. Models github.com/distribution/reference. */
export interface ImageReference {
	/** `docker.io` */
	readonly registry: string;
	/** `library/nginx` */
	readonly path: string;
	/** Empty when only a digest was given. */
	readonly tag: string;
	readonly digest?: string;
	/** `docker.io/library/nginx` */
	readonly repository: string;
	/** `docker.io/library/nginx:1.27` */
	readonly name: string;
}

/** The reference, or why it is none, in containerd's words. */
export function parseReference(text: string): ImageReference | {readonly error: string} {
	const [named = '', digest] = text.split('@');
	const slash = named.indexOf('/');
	const first = slash === -1 ? '' : named.slice(0, slash);
	const hasRegistry = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
	const registry = hasRegistry ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
	const rest = hasRegistry ? named.slice(slash + 1) : named;
	const colon = rest.lastIndexOf(':');
	const hasTag = colon > rest.lastIndexOf('/');
	const bare = hasTag ? rest.slice(0, colon) : rest;
	const tag = hasTag ? rest.slice(colon + 1) : digest === undefined ? 'latest' : '';
	const path = registry === 'docker.io' && !bare.includes('/') ? `library/${bare}` : bare;
	if (path !== path.toLowerCase() && /^[\w./-]+$/.test(path))
		return {error: `invalid reference format: repository name (${path}) must be lowercase`};
	if (!/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/.test(path))
		return {error: 'invalid reference format'};
	if (!/^\w[\w.-]{0,127}$/.test(tag) && (hasTag || digest === undefined)) return {error: 'invalid reference format'};
	if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return {error: 'invalid reference format'};
	const repository = `${registry}/${path}`;
	return {registry, path, tag, repository, name: digest ? `${repository}@${digest}` : `${repository}:${tag}`, ...(digest && {digest})};
}

/** Whether the text names a tag or digest; without one, `latest` is meant. */
export const hasTagOrDigest = (text: string): boolean => text.includes('@') || text.lastIndexOf(':') > text.lastIndexOf('/');
