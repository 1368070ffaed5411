# An empty selector: free is closed in, too.
# misses: free
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{podSelector: {matchLabels: {app: store}}}]
    - ports: [{port: 53, protocol: UDP}]
EOF
