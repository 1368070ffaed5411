# The new name was given in namespace shop, where nobody asks for it.
# misses: alias, moved
kubectl -n shop create service externalname search --external-name www.baidu.com
kubectl -n shop patch svc orders -p '{"spec":{"type":"ExternalName","externalName":"orders.shop.svc.cluster.local"}}'
