/** Options of curl 7.88 that are refused aloud; `=`: it takes a value, a letter before the colon: its short form. */
const names =
	'abstract-unix-socket= alt-svc= anyauth aws-sigv4= ca-native crlf curves= delegation= disable-eprt disable-epsv ' +
	'disallow-username-in-url compressed-ssh create-file-mode= doh-cert-status doh-insecure doh-url= egd-file= engine= ' +
	'etag-compare= etag-save= false-start form-escape ftp-account= ' +
	'ftp-alternative-to-user= ftp-create-dirs ftp-method= ftp-pasv P:ftp-port= ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ' +
	'ftp-ssl-ccc-mode= ftp-ssl-control hostpubmd5= hostpubsha256= hsts= ' +
	'ignore-content-length krb= libcurl= l:list-only login-options= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails metalink ' +
	'negotiate ntlm ntlm-wb preproxy= ' +
	'proxy-capath= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-key-type= proxy-pass= proxy-pinnedpubkey= proxy-service-name= proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tls13-ciphers= proxy-tlsauthtype= proxy-tlspassword= proxy-tlsuser= proxy-tlsv1 socks5-gssapi-nec socks5-gssapi-service= ssl-revoke-best-effort ' +
	'proxy-anyauth proxy-basic proxy-cacert= proxy-cert= proxy-digest proxy-header= proxy-insecure proxy-key= proxy-negotiate ' +
	'proxy-ntlm proxy1.0= pubkey= random-file= remove-on-error sasl-authzid= sasl-ir service-name= ' +
	'socks4= socks4a= socks5= socks5-basic socks5-gssapi socks5-hostname= Y:speed-limit= y:speed-time= ssl ssl-allow-beast ' +
	'ssl-auto-client-cert 2:sslv2 3:sslv3 suppress-connect-headers tcp-fastopen tftp-blksize= tftp-no-options ' +
	'tlsauthtype= tlspassword= tlsuser= trace-time B:use-ascii xattr';

export interface OtherOption {
	readonly short?: string;
	readonly value?: boolean;
	readonly lacking: true;
}

export const otherOptions: Readonly<Record<string, OtherOption>> = Object.fromEntries(
	names.split(' ').map(text => {
		const [, short, name = '', value] = /^(?:(.):)?([^=]+)(=?)$/.exec(text)!;
		return [name, {...(short && {short}), ...(value && {value: true}), lacking: true}];
	}),
);
