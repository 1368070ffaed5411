# Everything is closed, front as well: the internet stands before the door.
# misses: doors
kubectl -n shop apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a}
spec:
  podSelector: {matchLabels: {tier: api}}
  ingress: [{from: [{podSelector: {matchLabels: {tier: front}}}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: d}
spec:
  podSelector: {matchLabels: {tier: data}}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {matchLabels: {tier: api}}}]}]
  egress: [{ports: [{port: 53, protocol: UDP}]}]
EOF
