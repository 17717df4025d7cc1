/** Words that number chapters, by language; what stands here is matched in any case. */
const NUMBERS = [
  // English, one to twenty, the tens, and the first twelve ordinals
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen',
  'nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred first second third fourth fifth sixth seventh',
  'eighth ninth tenth eleventh twelfth last final',
  // German
  'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf erstes zweites drittes viertes fünftes sechstes',
  'siebentes siebtes achtes neuntes zehntes elftes zwölftes letztes erster zweiter dritter vierter fünfter',
  // French
  'un deux trois quatre cinq six sept huit neuf dix onze douze premier première deuxième second seconde troisième',
  'quatrième cinquième sixième septième huitième neuvième dixième onzième douzième dernier',
  // Spanish, Portuguese, Italian
  'uno dos tres cuatro cinco seis siete ocho nueve diez once doce primero primera segundo segunda tercero tercera',
  'cuarto quinto sexto séptimo octavo noveno décimo um dois três quatro sete oito nove dez primeiro primeira terceiro',
  'due tre sei sette otto dieci primo prima secondo seconda terzo terza quarto ottavo nono',
  // Russian
  'один два три четыре пять шесть семь восемь девять десять первая вторая третья четвёртая четвертая пятая шестая',
  'седьмая восьмая девятая десятая одиннадцатая двенадцатая первый второй третий последняя',
]
  .join(' ')
  .split(' ');

const ROMAN = '(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})';
const WORD = [...new Set(NUMBERS)].join('|');

/** A number in figures, Roman figures or words: `12`, `IV`, `twenty-one`, `the First`. */
export const NUMBER = `(?:the )?(?:\\d{1,4}|${ROMAN}|(?:${WORD})(?:[- ](?:${WORD}))?)`;

/** What a chapter is called before its number. */
export const CHAPTER = [
  'chapter|kapitel|chapitre|cap[ií]tulo|capitolo|capítol|hoofdstuk|kapittel|kapitola|rozdział|luku',
  'bölüm|fejezet|capitolul|poglavje|poglavlje|глава|розділ|раздел|κεφάλαιο|פרק|الفصل|chương|bab',
].join('|');

/** What a group of chapters is called; words of every day too, so a sentence may begin with them. */
export const PART = 'part|book|volume|teil|buch|band|partie|livre|parte|libro|livro|deel|del|часть|книга|том|cz[ęe]ść';

/** Headings that have no number. */
export const UNNUMBERED = [
  'prologue|epilogue|preface|foreword|afterword|introduction|prolog|epilog|vorwort|nachwort|einleitung|épilogue',
  'avant-propos|préface|postface|pr[óo]logo|ep[íi]logo|prefacio|prefácio|prefazione|пролог|эпилог|предисловие|послесловие',
  'введение|proloog|epiloog|序章|序|终章|終章|尾声|楔子|后记|後記|プロローグ|エピローグ|あとがき|프롤로그|에필로그',
].join('|');
