# Imperative.
kubectl create service externalname search --external-name www.baidu.com
kubectl patch svc orders -p '{"spec":{"externalName":"orders.shop.svc.cluster.local"}}'
