# The port of the Service instead of the pod's.
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
      ports: [{port: 8080}]
    - ports: [{port: 53, protocol: UDP}]
EOF
