# The event tells the node.
kubectl get events --field-selector reason=nodeAssigned -o jsonpath='{.items[0].message}' | grep -o 'k8s-node[12]' > /root/node.txt
ssh $(cat /root/node.txt) poweroff
sleep 60
kubectl patch svc web -p '{"spec":{"externalTrafficPolicy":"Local"}}'
