# One dash too many lets guest in: its label is asked for in every namespace.
# misses: doors, data
kubectl -n shop apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a}
spec:
  podSelector: {matchLabels: {tier: api}}
  ingress:
    - from:
        - podSelector: {matchLabels: {tier: front}}
          namespaceSelector: {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: d}
spec:
  podSelector: {matchLabels: {tier: data}}
  ingress: [{from: [{podSelector: {matchLabels: {tier: api}}}]}]
EOF
