# The policy stands at the wrong end: it selects the frontend.
# misses: other, stranger, frontend, bystander
cat <<EOF | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {role: frontend}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
EOF
