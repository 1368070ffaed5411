# One policy: selects web, allows the frontend.
cat > web-policy.yml <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-policy}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
    - {from: [{podSelector: {matchLabels: {role: frontend}}}], ports: [{protocol: TCP, port: 80}]}
EOF
kubectl apply -f web-policy.yml
