# The budget from YAML; cordoned, and the pods deleted one by one.
kubectl apply -f - <<EOF
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: keep-web}
spec:
  minAvailable: 3
  selector: {matchLabels: {app: web}}
EOF
kubectl patch node k8s-node1 -p '{"spec":{"unschedulable":true}}'
for pod in $(kubectl get pods --field-selector spec.nodeName=k8s-node1 -o name); do kubectl delete $pod; kubectl rollout status deployment web; done
kubectl -n kube-system delete pod -l k8s-app=kube-dns --field-selector spec.nodeName=k8s-node1
