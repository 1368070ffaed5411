/** Options of curl 7.88 that are refused aloud; `=`: it takes a value, a letter before the colon: its short form. */
const names =
	'abstract-unix-socket= alt-svc= anyauth aws-sigv4= ca-native crlf curves= delegation= disable-eprt disable-epsv ' +
	'disallow-username-in-url dns-interface= dns-ipv4-addr= dns-ipv6-addr= doh-cert-status doh-insecure doh-url= egd-file= engine= ' +
	'etag-compare= etag-save= expect100-timeout= fail-early false-start form-escape form-string= ftp-account= ' +
	'ftp-alternative-to-user= ftp-create-dirs ftp-method= ftp-pasv P:ftp-port= ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ' +
	'ftp-ssl-ccc-mode= ftp-ssl-control happy-eyeballs-timeout-ms= hostpubmd5= hostpubsha256= hsts= http0.9 http3-only ' +
	'ignore-content-length krb= libcurl= l:list-only login-options= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails metalink ' +
	'negotiate netrc-file= netrc-optional ntlm ntlm-wb parallel-immediate parallel-max= post301 post302 post303 preproxy= ' +
	'proxy-anyauth proxy-basic proxy-cacert= proxy-cert= proxy-digest proxy-header= proxy-insecure proxy-key= proxy-negotiate ' +
	'proxy-ntlm U:proxy-user= proxy1.0= pubkey= random-file= remove-on-error request-target= sasl-authzid= sasl-ir service-name= ' +
	'socks4= socks4a= socks5= socks5-basic socks5-gssapi socks5-hostname= Y:speed-limit= y:speed-time= ssl ssl-allow-beast ' +
	'ssl-auto-client-cert 2:sslv2 3:sslv3 styled-output suppress-connect-headers tcp-fastopen tftp-blksize= tftp-no-options ' +
	'tlsauthtype= tlspassword= tlsuser= trace-time B:use-ascii url-query= xattr';

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
