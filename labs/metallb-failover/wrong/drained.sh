# Draining moves the pods; the speaker stays and announces on.
# misses: announcer, takeover, local
kubectl get events --field-selector reason=nodeAssigned -o jsonpath='{.items[0].message}' | grep -o 'k8s-node[12]' > /root/node.txt
kubectl drain $(cat /root/node.txt) --ignore-daemonsets --force
