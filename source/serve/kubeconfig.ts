/** A kubeconfig for the real kubectl, with kubeadm's names in it. JSON strings are YAML strings. */
export const kubeconfigOf = (server: string, authority: string, token: string): string =>
	`apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${Buffer.from(authority).toString('base64')}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
users:
- name: kubernetes-admin
  user:
    token: ${JSON.stringify(token)}
`;
