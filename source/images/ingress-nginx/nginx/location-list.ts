/** Whether a path begins as one of a comma-separated list does (no-tls-redirect-locations, no-auth-locations). */
export const inList = (path: string, list: string): boolean =>
	list
		.split(',')
		.map(each => each.trim())
		.some(each => each !== '' && path.startsWith(each));
