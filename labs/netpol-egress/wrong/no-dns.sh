# DNS was forgotten: the address works, the name does not.
# misses: store
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: worker}
spec:
  podSelector: {matchLabels: {role: worker}}
  policyTypes: [Egress]
  egress:
    - to: [{podSelector: {matchLabels: {app: store}}}]
EOF
