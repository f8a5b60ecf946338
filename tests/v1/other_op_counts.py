"""Recorded calls that make another number of ops than in TensorFlow 1.15.

``OTHER_OP_COUNTS`` is group -> name -> (ops in 1.15, ops on each TensorFlow that makes another number, newest first).
"""

OTHER_OP_COUNTS = {
    "contrib_data": {
        "CsvDataset": (14, 15),
        "choose_from_datasets": (14, 16),
        "copy_to_device": (11, 14),
        "dense_to_sparse_batch": (12, 15),
        "enumerate_dataset": (12, 14),
        "make_batched_features_dataset": (34, 33),
        "make_csv_dataset": (20, 19),
        "parallel_interleave": (13, 12),
        "sloppy_interleave": (13, 12),
        "read_batch_features": (33, 32),
        "rejection_resample": (37, 36),
        "sample_from_datasets": (25, 17),
    },
    "contrib_framework": {
        "zero_initializer": (12, 18),
        "zero_initializer of a resource": (13, 19),
        "argsort": (10, 12),
    },
    "contrib_graphs": {
        "odeint in full": (686, 685),
        "odeint of complex numbers": (588, 587),
        "odeint of float32 times": (581, 580),
        "odeint": (577, 576),
    },
    "contrib_image": {
        "rotate": (109, 95),
        "rotate one": (117, 103),
        "rotate one with channels": (116, 102),
        "translate": (69, 53),
        "translate each": (65, 49),
        "compose_transforms": (179, 157),
        "dense_image_warp": (247, 207),
        "interpolate_spline of order 1": (105, 130),
        "interpolate_spline of order 2": (111, 136),
        "interpolate_spline of order 3": (120, 145),
        "interpolate_spline of order 4": (126, 151),
        "interpolate_spline of order 6": (115, 140),
        "sparse_image_warp": (359, 344),
        "sparse_image_warp with boundary": (378, 363),
        "connected_components": (71, 110),
        "connected_components of several": (65, 104),
        "connected_components of nothing": (71, 110),
        "bipartite_match": (3, 93),
        "bipartite_match of all rows": (3, 93),
        "bipartite_match of one": (3, 95),
    },
    "contrib_layers": {
        "dropout that keeps all": (1, 2),
        "scale_gradient": (11, 14),
    },
    "contrib_layers_columns": {
        "scattered_embedding_lookup without a key": (34, 100),
        "scattered_embedding_lookup_sparse sum": (44, 113),
        "embedding_lookup_sparse_with_distributed_aggregation": (44, 23),
        "sparse_feature_cross hashed": (8, 96),
        "sparse_feature_cross hashed without limit": (8, 73),
        "embedding_column of a cross": (127, 195),
        "linear model": (351, 363),
        "linear model of a cross": (238, 311),
        "transform_features": (56, 149),
        "parse_feature_columns_from_sequence_examples": (10, 13),
        "regression_target weighted": (67, 61),
        "multi_class_target of three": (94, 86),
    },
    "contrib_linear_optimizer": {
        "SdcaModel of shards": (409, 413),
        "SDCAOptimizer over columns of weights": (516, 520),
    },
    "contrib_metrics": {
        "auc_using_histogram": (160, 150),
        "streaming_mean_iou": (140, 137),
        "cohen_kappa": (162, 160),
        "confusion_matrix weighted": (103, 104),
    },
    "contrib_nn": {
        "alpha_dropout": (35, 34),
        "alpha_dropout of rows": (35, 34),
    },
    "contrib_opt": {
        "ModelAverageOptimizer": (170, 171),
        "AddSignOptimizer with restarts": (102, 100),
        "GGTOptimizer": (193, 173),
        "GGTOptimizer of the window only": (193, 173),
        "ShampooOptimizer": (376, 316),
        "ShampooOptimizer of iterative roots": (928, 896),
        "ShampooOptimizer of diagonals": (308, 268),
        "ShampooOptimizer at intervals": (488, 404),
    },
    "contrib_seq2seq_attention": {
        "BeamSearchDecoder": (560, 720),
        "BeamSearchDecoder with penalties": (985, 1144),
        "BeamSearchDecoder with history": (1035, 1347),
    },
    "contrib_slim": {
        "tfexample_decoder": (156, 81),
    },
    "contrib_small": {
        # The inverse window of 2.18 and before divides without asking whether it divides by zero.
        "signal": (585, 625, 621),
        "stateless uniform": (8, 10),
        "stateless uniform integers": (5, 7),
        "stateless normal": (7, 9),
        "stateless truncated": (7, 9),
        "summary without a writer": (7, 5),
        "summary ops": (39, 37),
    },
    "contrib_solvers": {
        "lanczos_bidiag without orthogonalization": (146, 148),
    },
    "contrib_training": {
        "resample_at_rate": (59, 60),
        "weighted_resample": (92, 93),
    },
    "restored": {
        "layer methods": (156, 144),
        "peepholes": (335, 305),
        "peepholes fused": (267, 269),
        "dataset options": (11, 12),
        "strategy": (4, 3),
    },
    "contrib_estimator_models": {
        "RNNEstimator of sequences": (1036, 1034),
    },
    "contrib_tpu": {
        "checkpoints in a thread": (125, 128),
    },
}
