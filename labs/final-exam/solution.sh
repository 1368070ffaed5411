# Mostly by commands.
# if: nodeport
kubectl create service nodeport web --tcp 80:80 --node-port ${port}
# end
# if: headless
kubectl create service clusterip peers --clusterip None
kubectl set selector svc peers app=peer
# end
# if: repair
kubectl patch svc shelf -p '{"spec":{"selector":{"tier":"front"}}}'
# end
# if: rollout
kubectl rollout undo deployment api
# end
# if: policy
kubectl apply -f - <<EOF
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-tellers, namespace: bank}
spec:
  podSelector: {matchLabels: {app: vault}}
  ingress:
    - from: [{podSelector: {matchLabels: {role: teller}}}]
EOF
# end
# if: ingress
kubectl create ingress pages --class nginx --rule='docs.lilee.org/*=docs:8000'
# end
# if: canary
kubectl create ingress shop-new --class nginx --rule='shop.lilee.org/*=shop-v2:80' --annotation nginx.ingress.kubernetes.io/canary=true --annotation nginx.ingress.kubernetes.io/canary-weight='${percent}'
# end
