# Promote by a patch, roll back by a delete.
# if: pay-fails
kubectl patch ingress shop --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"shop-v2"}]'
# end
# if: shop-fails
kubectl patch ingress pay --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"pay-v2"}]'
# end
kubectl delete ingress shop-canary
kubectl delete ingress pay-canary
