# Without policyTypes the policy closes the way in, too.
# misses: free
kubectl apply -f - <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: worker}
spec:
  podSelector: {matchLabels: {role: worker}}
  egress:
    - to: [{podSelector: {matchLabels: {app: store}}}]
    - ports: [{port: 53, protocol: UDP}]
END
