//! Maximum flow by Dinic's algorithm (E. A. Dinic, 1970), on networks of a few hundred nodes that
//! are built once and whose capacities are set anew for every relaxation.

/// A network with integer capacities.
#[derive(Debug, Default)]
pub(super) struct Network {
    first: Vec<Vec<usize>>,
    to: Vec<usize>,
    /// What may still flow; the reverse of edge `e` is `e ^ 1`.
    rest: Vec<i64>,
    level: Vec<u32>,
    next: Vec<usize>,
    queue: Vec<usize>,
    path: Vec<usize>,
}

/// Capacity without limit, small enough that sums of many stay in range.
pub(super) const UNBOUNDED: i64 = i64::MAX / 1024;

impl Network {
    pub(super) fn add_node(&mut self) -> usize {
        self.first.push(Vec::new());
        self.first.len() - 1
    }

    /// An edge without capacity, until [`Network::set`] gives it one.
    pub(super) fn add_edge(&mut self, from: usize, to: usize) -> usize {
        let edge = self.to.len();
        self.to.extend([to, from]);
        self.rest.extend([0, 0]);
        self.first[from].push(edge);
        self.first[to].push(edge + 1);
        edge
    }

    /// Gives an edge its capacity, and takes back what flowed along it.
    pub(super) fn set(&mut self, edge: usize, capacity: i64) {
        self.rest[edge] = capacity;
        self.rest[edge + 1] = 0;
    }

    /// What flows along an edge.
    pub(super) fn flow(&self, edge: usize) -> i64 {
        self.rest[edge + 1]
    }

    /// Pushes as much more as possible from `source` to `sink`; what already flows into other
    /// sinks is rerouted where that helps, but never lessened.
    pub(super) fn augment(&mut self, source: usize, sink: usize) -> i64 {
        let nodes = self.first.len();
        self.level.resize(nodes, 0);
        self.next.resize(nodes, 0);
        // A first blocking flow along the edges as they were built needs no layers, because those
        // form no cycle; it leaves little to the layered phases.
        let mut total = self.block(source, sink, false);
        while self.layer(source, sink) {
            total += self.block(source, sink, true);
        }
        total
    }

    fn block(&mut self, source: usize, sink: usize, layered: bool) -> i64 {
        self.next.fill(0);
        let mut total = 0;
        loop {
            let pushed = self.push(source, sink, layered);
            if pushed == 0 {
                return total;
            }
            total += pushed;
        }
    }

    fn layer(&mut self, source: usize, sink: usize) -> bool {
        self.level.fill(u32::MAX);
        self.level[source] = 0;
        self.queue.clear();
        self.queue.push(source);
        let mut head = 0;
        while let Some(node) = self.queue.get(head).copied() {
            head += 1;
            for edge in &self.first[node] {
                let to = self.to[*edge];
                if self.rest[*edge] > 0 && self.level[to] == u32::MAX {
                    self.level[to] = self.level[node] + 1;
                    self.queue.push(to);
                }
            }
        }
        self.level[sink] != u32::MAX
    }

    /// One augmenting path, without recursion: along the layers, or along edges as they were built.
    fn push(&mut self, source: usize, sink: usize, layered: bool) -> i64 {
        self.path.clear();
        let mut node = source;
        loop {
            if node == sink {
                let amount = self.path.iter().map(|e| self.rest[*e]).min().unwrap_or(0);
                for edge in &self.path {
                    self.rest[*edge] -= amount;
                    self.rest[*edge ^ 1] += amount;
                }
                return amount;
            }
            let edges = &self.first[node];
            let onward = |edge: usize| {
                if layered { self.level[self.to[edge]] == self.level[node] + 1 } else { edge.is_multiple_of(2) }
            };
            let found = (self.next[node]..edges.len()).find(|n| self.rest[edges[*n]] > 0 && onward(edges[*n]));
            match found {
                Some(n) => {
                    self.next[node] = n;
                    let edge = self.first[node][n];
                    self.path.push(edge);
                    node = self.to[edge];
                }
                None => {
                    self.next[node] = edges.len();
                    let Some(edge) = self.path.pop() else { return 0 };
                    node = self.to[edge ^ 1];
                    self.next[node] += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_maximum_and_never_lessens_an_earlier_sink() {
        // Two items; the first can go to either sink, the second to the first sink only.
        let mut network = Network::default();
        let [s, a, b, t1, t2] = std::array::from_fn(|_| network.add_node());
        for (from, to) in [(s, a), (s, b), (a, t1), (a, t2), (b, t1)] {
            let edge = network.add_edge(from, to);
            network.set(edge, 3);
        }
        assert_eq!(network.augment(s, t1), 6);
        assert_eq!(network.augment(s, t2), 0);
        let mut network = Network::default();
        let [s, a, b, t1, t1x, t2] = std::array::from_fn(|_| network.add_node());
        for (from, to) in [(s, a), (s, b), (a, t1), (a, t2), (b, t1), (t1, t1x)] {
            let edge = network.add_edge(from, to);
            network.set(edge, 3);
        }
        assert_eq!(network.augment(s, t1x), 3);
        assert_eq!(network.augment(s, t2), 3);
    }
}
