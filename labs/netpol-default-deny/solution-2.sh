# Both directions closed, the way out opened again; web in two rules.
cat <<EOF | kubectl -n ${team} create -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress: [{}]
EOF
cat <<EOF | kubectl -n ${team} create -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-in}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "${team}"}}}]
    - from: [{namespaceSelector: {matchLabels: {team: gate}}}]
EOF
