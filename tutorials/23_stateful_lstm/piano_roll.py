"""The figure: each song as it was taught and as each network plays it, time to the right and pitch upwards."""

from tf1graphs import figures


def save(path, played, notes):
    """Saves a row for each version of the songs.

    Args:
        path: the PNG file.
        played: name -> title -> numbers of notes; the first are the songs as taught, by which the others are judged.
        notes: the notes.
    """
    from matplotlib.figure import Figure

    taught = next(iter(played.values()))
    durations = [sum(notes[code].length for code in song) for song in taught.values()]
    figure = Figure(figsize=(15, 1.5 * len(played)))
    ratios = {"width_ratios": durations, "wspace": 0.05, "hspace": 0.12}
    grid = figure.subplots(len(played), len(taught), squeeze=False, gridspec_kw=ratios)
    for row, (name, songs) in zip(grid, played.items()):
        row[0].set_ylabel(name.replace(", ", ",\n"))
        for axes, duration, (title, song) in zip(row, durations, songs.items()):
            _draw(axes, song, taught[title], notes)
            axes.set(xlim=(0, duration), ylim=(53, 76), xticks=range(0, int(duration), 4), yticks=(60, 72))
            axes.tick_params(labelleft=False, labelbottom=False, length=0)
            axes.grid(alpha=0.3)
    for axes, title in zip(grid[0], taught):
        axes.set_title(title)
    figures.save_figure(figure, path)


def _draw(axes, song, taught, notes):
    """Draws a bar for each note, red where it is not the note that was taught."""
    start = 0.0
    for code, wanted in zip(song, taught):
        note = notes[code]
        color = "tab:blue" if code == wanted else "tab:red"
        axes.barh(note.pitch, 0.85 * note.length, left=start, height=1.4, align="center", color=color)
        start += note.length
