/** Object identifiers: the short name that openssl prints, then the long one. */
const known: Readonly<Record<string, readonly [short: string, long?: string]>> = {
	'2.5.4.3': ['CN', 'commonName'],
	'2.5.4.4': ['SN', 'surname'],
	'2.5.4.5': ['serialNumber'],
	'2.5.4.6': ['C', 'countryName'],
	'2.5.4.7': ['L', 'localityName'],
	'2.5.4.8': ['ST', 'stateOrProvinceName'],
	'2.5.4.9': ['street', 'streetAddress'],
	'2.5.4.10': ['O', 'organizationName'],
	'2.5.4.11': ['OU', 'organizationalUnitName'],
	'2.5.4.12': ['title'],
	'2.5.4.42': ['GN', 'givenName'],
	'1.2.840.113549.1.9.1': ['emailAddress'],
	'0.9.2342.19200300.100.1.1': ['UID', 'userId'],
	'0.9.2342.19200300.100.1.25': ['DC', 'domainComponent'],
	'2.5.29.14': ['subjectKeyIdentifier', 'X509v3 Subject Key Identifier'],
	'2.5.29.15': ['keyUsage', 'X509v3 Key Usage'],
	'2.5.29.17': ['subjectAltName', 'X509v3 Subject Alternative Name'],
	'2.5.29.19': ['basicConstraints', 'X509v3 Basic Constraints'],
	'2.5.29.35': ['authorityKeyIdentifier', 'X509v3 Authority Key Identifier'],
	'2.5.29.37': ['extendedKeyUsage', 'X509v3 Extended Key Usage'],
	'2.5.29.31': ['crlDistributionPoints', 'X509v3 CRL Distribution Points'],
	'2.5.29.32': ['certificatePolicies', 'X509v3 Certificate Policies'],
	'1.3.6.1.5.5.7.1.1': ['authorityInfoAccess', 'Authority Information Access'],
	'2.16.840.1.113730.1.13': ['nsComment', 'Netscape Comment'],
	'1.3.6.1.5.5.7.3.1': ['serverAuth', 'TLS Web Server Authentication'],
	'1.3.6.1.5.5.7.3.2': ['clientAuth', 'TLS Web Client Authentication'],
	'1.3.6.1.5.5.7.3.3': ['codeSigning', 'Code Signing'],
	'1.3.6.1.5.5.7.3.4': ['emailProtection', 'E-mail Protection'],
	'1.3.6.1.5.5.7.3.8': ['timeStamping', 'Time Stamping'],
	'1.3.6.1.5.5.7.3.9': ['OCSPSigning', 'OCSP Signing'],
	'1.2.840.113549.1.1.1': ['rsaEncryption'],
	'1.2.840.113549.1.1.5': ['RSA-SHA1', 'sha1WithRSAEncryption'],
	'1.2.840.113549.1.1.11': ['RSA-SHA256', 'sha256WithRSAEncryption'],
	'1.2.840.113549.1.1.12': ['RSA-SHA384', 'sha384WithRSAEncryption'],
	'1.2.840.113549.1.1.13': ['RSA-SHA512', 'sha512WithRSAEncryption'],
	'1.2.840.10045.2.1': ['id-ecPublicKey'],
	'1.2.840.10045.3.1.7': ['prime256v1'],
	'1.3.132.0.34': ['secp384r1'],
	'1.3.132.0.35': ['secp521r1'],
	'1.2.840.10045.4.3.2': ['ecdsa-with-SHA256'],
	'1.2.840.10045.4.3.3': ['ecdsa-with-SHA384'],
	'1.2.840.10045.4.3.4': ['ecdsa-with-SHA512'],
	'1.3.101.112': ['ED25519'],
	'1.2.840.113549.1.9.14': ['extReq', 'X509v3 Extension Request'],
};

export const shortName = (id: string): string => known[id]?.[0] ?? id;
export const longName = (id: string): string => known[id]?.[1] ?? shortName(id);

/** By short or long name, or dotted. */
export function objectIdNamed(name: string): string | undefined {
	if (/^\d+(\.\d+)+$/.test(name)) return name;
	return Object.keys(known).find(id => known[id]!.includes(name));
}
