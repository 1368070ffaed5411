# One policy an arrow.
kubectl -n shop apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: to-first}
spec:
  podSelector: {matchLabels: {tier: front}}
  ingress: [{}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: to-second}
spec:
  podSelector: {matchLabels: {tier: api}}
  ingress: [{from: [{podSelector: {matchLabels: {tier: front}}}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: to-third}
spec:
  podSelector: {matchLabels: {tier: data}}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {matchLabels: {tier: api}}}]}]
  egress: [{ports: [{port: 53, protocol: UDP}]}]
EOF
