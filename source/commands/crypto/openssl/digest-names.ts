/** How openssl 3 titles the result of `dgst`. */
export const digestTitle = (name: string): string =>
	name === 'md5' || name === 'sha1'
		? name.toUpperCase()
		: name.startsWith('sha3')
			? name.toUpperCase()
			: name.toUpperCase().replace('SHA', 'SHA2-');
