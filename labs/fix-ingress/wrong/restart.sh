# Everything was started again. Nothing was broken that way.
# misses: answers, same
kubectl rollout restart deployment shop
kubectl -n ingress-nginx rollout restart deployment ingress-nginx-controller
kubectl get ingress shop -o yaml > shop.yml
kubectl delete ingress shop
kubectl apply -f shop.yml
