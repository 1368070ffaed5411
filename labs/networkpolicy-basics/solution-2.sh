# One policy made with create: pods are picked by expressions, the rule stands on one line.
cat <<EOF | kubectl create -f -
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-the-frontend}
spec:
  podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}
  ingress: [{from: [{podSelector: {matchExpressions: [{key: role, operator: In, values: [frontend]}]}}]}]
EOF
