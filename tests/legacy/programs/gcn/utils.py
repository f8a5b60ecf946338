"""A generated citation graph: papers of a field cite papers of their field, and share some of its words."""
import numpy as np

PAPERS, WORDS, FIELDS = 120, 60, 3


def load_data(seed):
    rng = np.random.RandomState(seed)
    field = np.arange(PAPERS) % FIELDS
    same = field[:, None] == field[None, :]
    cites = np.triu(rng.rand(PAPERS, PAPERS) < np.where(same, 0.08, 0.01), 1)
    adj = (cites | cites.T).astype(np.float32)
    topical = (np.arange(WORDS) % FIELDS)[None, :] == field[:, None]
    features = (rng.rand(PAPERS, WORDS) < np.where(topical, 0.2, 0.06)).astype(np.float32)
    features[np.arange(PAPERS), rng.randint(0, WORDS, PAPERS)] = 1
    labels = np.eye(FIELDS)[field]
    order = rng.permutation(PAPERS)
    masks = [np.isin(np.arange(PAPERS), part) for part in (order[:24], order[24:60], order[60:])]
    y_train, y_val, y_test = [labels * mask[:, None] for mask in masks]
    return adj, features, (y_train, y_val, y_test), masks


def sparse_to_tuple(matrix):
    coords = np.argwhere(matrix)
    return coords, matrix[tuple(coords.T)].astype(np.float32), matrix.shape


def preprocess_features(features):
    return sparse_to_tuple(features / features.sum(1, keepdims=True))


def normalize_adj(adj):
    d_inv_sqrt = np.power(np.maximum(adj.sum(1), 1), -0.5)
    return adj * d_inv_sqrt[:, None] * d_inv_sqrt[None, :]


def preprocess_adj(adj):
    return sparse_to_tuple(normalize_adj(adj + np.eye(len(adj))))


def chebyshev_polynomials(adj, k):
    """The polynomials of the rescaled Laplacian up to order k."""
    laplacian = np.eye(len(adj)) - normalize_adj(adj)
    largest = np.linalg.eigvalsh(laplacian)[-1]
    scaled = 2. / largest * laplacian - np.eye(len(adj))
    t_k = [np.eye(len(adj)), scaled]
    for _ in range(2, k + 1):
        t_k.append(2 * scaled.dot(t_k[-1]) - t_k[-2])
    return [sparse_to_tuple(np.where(abs(t) < 1e-12, 0, t)) for t in t_k]


def construct_feed_dict(features, support, labels, labels_mask, placeholders):
    feed_dict = {placeholders['labels']: labels, placeholders['labels_mask']: labels_mask}
    feed_dict[placeholders['features']] = features
    feed_dict.update({placeholders['support'][i]: support[i] for i in range(len(support))})
    feed_dict[placeholders['num_features_nonzero']] = features[1].shape
    return feed_dict
