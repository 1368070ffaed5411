# An empty selector means every pod: api is closed, too, and nobody is let in.
# misses: frontend, bystander
cat <<EOF | kubectl apply -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec:
  podSelector: {}
  policyTypes: [Ingress]
EOF
