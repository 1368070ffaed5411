# Only what has to be closed is closed; each from its own file.
cat > api.yml <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: shop}
spec:
  podSelector: {matchExpressions: [{key: tier, operator: In, values: [api]}]}
  ingress:
    - from:
        - podSelector: {matchLabels: {tier: front}}
EOF
cat > data.yml <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: d, namespace: shop}
spec:
  podSelector: {matchLabels: {tier: data}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{podSelector: {matchLabels: {tier: api}}}]
  egress:
    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
      ports: [{port: 53, protocol: UDP}]
EOF
kubectl create -f api.yml -f data.yml
